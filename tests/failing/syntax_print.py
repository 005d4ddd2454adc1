import asyncio
print "hello"
