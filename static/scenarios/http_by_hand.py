# title: Streams: HTTP by hand
# title.zh: 流：手写 HTTP
# asks: What waits while bytes are on their way?
# asks.zh: 字节还在路上时，是谁在等？
# lesson: open_connection() gives a reader and a writer. write() puts bytes into a buffer and never waits;
#   readline() waits until a whole line has arrived. At the end of the stream it returns b"", for ever, so a loop
#   must end there.
# lesson.zh: open_connection() 返回一个 reader 和一个 writer。write() 只是把字节放进缓冲区，从不等待；readline() 要
#   等一整行到达。连接关闭后它永远返回 b""，所以循环必须能在那里结束。
# topics: streams, gather
# level: intermediate
# course: 8.6
#
# look: Two connections
# look.zh: 两个连接
# when: Task-3 waits at `reader, writer = await`
# note: Both tasks wait for the outside, not for each other. The network works while nobody runs.
# note.zh: 两个任务等的都是外部世界，而不是对方。没有人运行时，网络仍在工作。
#
# look: Written, then waiting
# look.zh: 写完就等
# when: Task-2 waits at `while line :=`
# note: The request is on its way: write() took no time, readline() waits for the first line of the answer.
# note.zh: 请求已经发出：write() 没有花时间，readline() 在等回应的第一行。
#
# question: The first line of www.python.org is there. How many steps for all of its lines?
# question.zh: www.python.org 的第一行到了。读完它所有的行要几步？
# next: prints `www.python.org HTTP/1.1 200 OK`
# answer: One: the head arrived as a whole, and readline() does not wait for what is in the buffer.
# answer.zh: 一步：响应头是一起到达的，缓冲区里已有的行，readline() 不用等。

import asyncio

async def head_of(host):
    reader, writer = await asyncio.open_connection(host, 80)
    request = f"HEAD / HTTP/1.0\r\nHost: {host}\r\n\r\n"
    writer.write(request.encode())
    while line := (await reader.readline()).strip():
        if line.startswith((b"HTTP", b"Content-Type")):
            print(host, line.decode())
    writer.close()

async def main():
    hosts = ("example.com", "www.python.org")
    await asyncio.gather(*map(head_of, hosts))
    print("both have answered")

asyncio.run(main())
