import asyncio
class = "first"
