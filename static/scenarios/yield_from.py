# title: yield from hands over
# title.zh: yield from：把控制权交下去
# asks: Who answers when one generator waits for another?
# asks.zh: 一个生成器等另一个时，是谁在回答？
# lesson: yield from runs another generator in place: what it yields goes out to the caller, what the caller sends
#   goes in, and its return value is the value of the expression. await works the same way, through any number of
#   levels.
# lesson.zh: yield from 就地运行另一个生成器：它产出的值直接交给最外层的调用者，调用者 send 的值直接送到最里层，它的
#   返回值就是整个表达式的值。await 的机制完全相同，多少层都可以。
# topics: generators, await
# level: beginner
# course: 1.2
#
# parameter: LAST 1..3: texts that are sent, of three
# parameter.zh: 一共发送几段文本（共三段）
#
# look: The first question
# look.zh: 第一个问题
# when: prints `asked: name?`
# note: send() went into interview(), which was asked to start, and through it into ask(). The question came out
#   through both.
# note.zh: send() 进入 interview()，再穿过它进入 ask()；问题则穿过两层原样传出来。
#
# look: The second ask()
# look.zh: 第二个 ask()
# when: prints `asked: city?`
# note: "ada" was sent to the innermost generator. It returned "ADA", which became the value of yield from, and
#   interview() went on to the next one.
# note.zh: "ada" 被送到最里层的生成器。它返回 "ADA"，成为 yield from 的值，interview() 接着进入下一个 ask()。
#
# question: The last text is sent now. What comes back: a question or something else?
# question.zh: 现在发送最后一段文本。返回的是问题，还是别的什么？
# next: prints `result: ADA of LONDON`
# answer: No question: interview() returns, send() raises StopIteration, and the result travels in its value.
# answer.zh: 不是问题：interview() 返回，send() 抛出 StopIteration，结果就放在它的 value 里。

import asyncio

LAST = 3

def ask(question):
    answer = yield question
    return answer.upper()

def interview():
    name = yield from ask("name?")
    city = yield from ask("city?")
    return f"{name} of {city}"

def answer(talk, text):
    try:
        question = talk.send(text)
    except StopIteration as end:
        print("result:", end.value)
        return
    print("asked:", question)

async def main():
    loop = asyncio.get_running_loop()
    talk = interview()
    for text in (None, "ada", "london")[:LAST]:
        loop.call_soon(answer, talk, text)
    await asyncio.sleep(0)
    print("main is back")

asyncio.run(main())
