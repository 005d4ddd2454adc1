async def main():
    await one()
      await two()
