# A pool of two database connections, five tasks; transactions, cursors and errors.
import asyncio

import aiomysql


async def query(pool, number):
    async with pool.acquire() as connection:
        async with connection.cursor() as cursor:
            await cursor.execute('SELECT name, age FROM users WHERE age > %s ORDER BY age DESC', (20 + number * 5,))
            print(asyncio.get_running_loop().time(), number, cursor.rowcount, await cursor.fetchone(), pool.size, pool.freesize)


async def main():
    async with aiomysql.create_pool(host='127.0.0.1', user='root', password='', db='test', minsize=1, maxsize=2) as pool:
        await asyncio.gather(*[query(pool, n) for n in range(5)])
        async with pool.acquire() as connection:
            async with connection.cursor(aiomysql.DictCursor) as cursor:
                await cursor.execute("INSERT INTO users (name, age) VALUES (%s, %s), ('Eve', 19)", ('Di', 50))
                print(cursor.lastrowid, cursor.rowcount)
                await cursor.execute('UPDATE users SET age = age + 1 WHERE name LIKE %s', ('%e%',))
                await cursor.execute('SELECT * FROM users')
                print(await cursor.fetchall())
            await connection.rollback()
            async with connection.cursor() as cursor:
                await cursor.execute('SELECT COUNT(*), MAX(age) FROM users')
                print(await cursor.fetchall(), cursor.description[0][0])
                await cursor.execute('DELETE FROM users WHERE name = %s', 'Ben')
                await connection.commit()
                for wrong in ['SELECT x FROM users', 'SELEC', 'SELECT * FROM nowhere']:
                    try:
                        await cursor.execute(wrong)
                    except aiomysql.Error as error:
                        print(type(error).__name__, error)
    connection = await aiomysql.connect(host='127.0.0.1', db='test', autocommit=True)
    cursor = await connection.cursor()
    await cursor.execute('SELECT name FROM users LIMIT 1, 5')
    async for row in cursor:
        print(row)
    connection.close()
    try:
        await aiomysql.connect(db='nothing')
    except aiomysql.OperationalError as error:
        print(error)
    print(asyncio.get_running_loop().time())


asyncio.run(main())
