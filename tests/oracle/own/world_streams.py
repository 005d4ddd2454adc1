# Streams to simulated hosts: HTTP by hand, an echo, the end of the stream, refused and unknown hosts.
import asyncio
import socket


async def head(host, path='/'):
    reader, writer = await asyncio.open_connection(host, 80)
    writer.write(f'GET {path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n'.encode())
    await writer.drain()
    status = await reader.readline()
    headers = {}
    while (line := await reader.readline()) not in (b'\r\n', b''):
        name, _, value = line.decode().partition(':')
        headers[name] = value.strip()
    body = await reader.readexactly(int(headers['Content-Length']))
    rest = await reader.read()
    print(host, status, headers['Content-Type'], len(body), rest, reader.at_eof())
    writer.close()
    await writer.wait_closed()


async def echo(name, *words):
    reader, writer = await asyncio.open_connection('fast.example', 7)
    for word in words:
        writer.write(word.encode() + b'\n')
        print(name, await reader.readline())
    print(writer.get_extra_info('peername'), writer.is_closing())
    writer.close()


async def main():
    await asyncio.gather(head('example.com'), head('www.python.org', '/x.json'), echo('echo', 'a', 'b'))
    for host in ['refused.example', 'lost.invalid']:
        try:
            await asyncio.open_connection(host, 80)
        except (ConnectionRefusedError, socket.gaierror) as error:
            print(asyncio.get_running_loop().time(), type(error).__name__)
    reader, writer = await asyncio.open_connection('example.org', 80)
    writer.write(b'GET /a.txt HTTP/1.1\r\n\r\n')
    print(await reader.readuntil(b'\r\n\r\n'))
    print(await reader.read(5), await reader.read(100), reader.at_eof())
    try:
        await asyncio.wait_for(reader.read(1), 0.5)
    except TimeoutError:
        print('nothing more yet')
    print(await reader.read(1), asyncio.get_running_loop().time())
    try:
        await reader.readexactly(3)
    except asyncio.IncompleteReadError as error:
        print(error)


asyncio.run(main())
