async def main():
    if True:
        break
