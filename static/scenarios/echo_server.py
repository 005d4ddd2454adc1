# title: Streams: a server
# title.zh: 流：服务器
# asks: Who starts a task for each client?
# asks.zh: 谁为每个客户端启动任务？
# lesson: start_server() calls your function for every connection, as a task of its own, with a reader and a writer.
#   So one thread serves many clients: while one handler waits for its line, the others go on. A line that is empty
#   means that the client is gone.
# lesson.zh: start_server() 为每个连接启动一个独立的任务来运行你的函数，并传入 reader 和 writer。所以一个线程就能服
#   务许多客户端：一个处理函数在等它的下一行时，其他的照常运行。读到空行（b""）表示客户端已经离开。
# topics: streams, create_task
# level: advanced
# course: 8.7
#
# parameter: CLIENTS 1..3: number of clients
# parameter.zh: 客户端个数
#
# look: A task that main did not make
# look.zh: 不是 main 创建的任务
# when: runs `while line := await reader.readline():`
# note: The server made a task for this connection. It waits for the first line of the client.
# note.zh: 这个任务是服务器为该连接创建的，它在等客户端的第一行。
#
# look: The server thinks
# look.zh: 服务器在思考
# when: runs `await asyncio.sleep(0.1)`
# note: The client waits for the answer, the server for the clock. Set CLIENTS to 3: all of them are answered at the
#   same time.
# note.zh: 客户端等回应，服务器等时钟。把 CLIENTS 设为 3 试试：它们会在同一时刻得到回应。
#
# look: An answer
# look.zh: 回应
# when: prints `ann hears HELLO ANN`
# note: write() put the bytes into a buffer; they reached the reader of the client in the next step, and that woke
#   it.
# note.zh: write() 把字节放进缓冲区；下一步它们到达客户端的 reader，把它唤醒。
#
# question: The server is closing, and main waits for that. What is printed next?
# question.zh: 服务器正在关闭，main 在等。接下来打印什么？
# next: prints `the server is closed`
# answer: The end of main: async with waited until the server was closed.
# answer.zh: main 的最后一行：async with 一直等到服务器关闭。

import asyncio

CLIENTS = 1

async def serve(reader, writer):
    while line := await reader.readline():
        await asyncio.sleep(0.1)  # think
        writer.write(line.upper())
        await writer.drain()
    writer.close()

async def client(name):
    reader, writer = await asyncio.open_connection("127.0.0.1", 8888)
    for word in ("hello", "again"):
        writer.write(f"{word} {name}\n".encode())
        answer = await reader.readline()
        print(name, "hears", answer.decode().strip())
    writer.close()
    await writer.wait_closed()

async def main():
    server = await asyncio.start_server(serve, "127.0.0.1", 8888)
    async with server:
        names = ("ann", "ben", "cho")[:CLIENTS]
        await asyncio.gather(*(client(name) for name in names))
    print("the server is closed")

asyncio.run(main())
