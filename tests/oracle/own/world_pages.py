# Pages: fetched with aiohttp, read with BeautifulSoup and PyQuery; names from Faker.
import asyncio
import re

import aiohttp
from bs4 import BeautifulSoup
from faker import Faker
from pyquery import PyQuery

HTML = '''<html><head><title>Shop &amp; Co</title><script>if (a < b) x();</script></head><body>
<div id="main" class="wide big"><p class="intro">Hello <b>you</b>,<br>welcome<p>second
<ul><li><a href="/a" title='A "quoted"'>Alpha</a><li><a href="/b.pdf">Beta</a></ul></div>
<img src=x.png><table><tr><td>1<td>2<tr><td>&#65;&lt;3</table></body></html>'''


async def crawl(session, url, seen):
    seen.add(url)
    async with session.get(url) as response:
        page = BeautifulSoup(await response.text(), 'html.parser')
    links = [a['href'] for a in page.find_all('a', href=re.compile('page/[12]$'))]
    print(url, page.title.string, page.find('p', class_='intro').get_text(), links)
    await asyncio.gather(*[crawl(session, link, seen) for link in links if link not in seen])


async def main():
    async with aiohttp.ClientSession() as session:
        await crawl(session, 'http://example.com', set())


soup = BeautifulSoup(HTML, 'lxml')
print(soup.title.text, soup.select_one('#main > p.intro').get_text('|', strip=True), soup.div['class'])
print([(a.text, a.get('title')) for a in soup.select('ul li a[href]')], soup.find('a', string='Beta').parent.name)
print([td.string for td in soup.find_all('td')], soup.img.attrs, len(soup.find_all(['li', 'tr'])))
query = PyQuery(HTML)
print(query('title').text(), query('li a').attr('href'), [li.text() for li in query('li').items()], query('#main').has_class('big'))
asyncio.run(main())
fake = Faker()
print(fake.country_code() in 'CN US GB FR DE', [fake.name() for _ in range(3)], fake.random_int(1, 6))
