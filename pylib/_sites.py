"""What the simulated hosts answer: a few small sites, and a plain page for every other host."""

from urllib.parse import unquote_plus


def parse_query(query):
    pairs = (part.partition('=') for part in query.split('&') if part)
    return {unquote_plus(key): unquote_plus(value) for key, _, value in pairs}


def page(title, body):
    return ('<html>\n<head><title>%s</title></head>\n<body>\n%s\n</body>\n</html>\n'
            % (title, body))


def plain_page(scheme, host, path):
    base = '%s://%s' % (scheme, host)
    links = '\n'.join('<li><a href="%s/page/%d">Page %d</a></li>' % (base, n, n)
                      for n in (1, 2, 3))
    return page('%s %s' % (host, path),
                '<h1>Welcome to %s</h1>\n<p class="intro">This is %s on %s.</p>\n'
                '<ul id="links">\n%s\n</ul>\n<img src="%s/static/logo.png">'
                % (host, path, host, links, base))


MOVIES = [('26363254', '战狼前传', '07月10日', '动作'),
          ('25921812', '风起洛阳', '07月12日', '剧情'),
          ('27110296', '星河漫游', '07月15日', '科幻'),
          ('30330875', '山海之间', '07月18日', '动画'),
          ('26786669', '夏日来信', '07月24日', '爱情')]


def douban_later():
    items = []
    for number, name, date, kind in MOVIES:
        url = 'https://movie.douban.com/subject/%s/' % number
        items.append(
            '<div class="item mod">\n<a class="thumb" href="%s"><img src="https://img.example/small/%s.jpg"></a>\n'
            '<div class="intro"><h3><a href="%s">%s</a></h3>\n'
            '<ul><li class="dt">%s</li><li class="dt">%s</li><li class="dt">中国大陆</li></ul></div>\n</div>'
            % (url, number, url, name, date, kind))
    return page('即将上映', '<div id="showing-soon">\n%s\n</div>' % '\n'.join(items))


def douban_subject(number):
    for key, name, date, kind in MOVIES:
        if key == number:
            return page(name, '<div id="mainpic"><a href="#"><img src="https://img.example/poster/%s.jpg" title="%s"></a></div>'
                        % (number, name))
    return None


BOOKS = [(10, 10489), (13, 13959), (15, 15409), (26, 26874), (51, 51514)]


def novel_list():
    rows = '\n'.join('<li><a href="http://www.xbiquge.la/%d/%d/">Book %d</a></li>' % (a, b, b)
                     for a, b in BOOKS)
    return page('排行榜', '<ul class="rank">\n%s\n</ul>\n<a href="/about.html">about</a>' % rows)


def novel_book(a, b):
    index = [i for i, pair in enumerate(BOOKS) if pair == (a, b)]
    if not index:
        return None
    nxt = BOOKS[(index[0] + 1) % len(BOOKS)]
    return page('Book %d' % b,
                '<h1>Book %d</h1>\n<a href="http://www.xbiquge.la/paihangbang/">rank</a>\n'
                '<a href="http://www.xbiquge.la/%d/%d/">next</a>' % (b, nxt[0], nxt[1]))


def fill(reply, scheme, host, path, query, method, headers, body):
    """The answer of one host; sets status and body."""
    parts = [p for p in path.split('/') if p]
    if len(parts) == 2 and parts[0] == 'status' and parts[1].isdigit():
        reply.status = int(parts[1])
        reply.set_html('' if reply.status == 204 else page(parts[1], '<h1>%s</h1>' % parts[1]))
        return
    if host == 'httpbin.org':
        fill_httpbin(reply, parts, query, method, headers, body)
        return
    if host == 'movie.douban.com':
        if parts[:2] == ['cinema', 'later']:
            reply.set_html(douban_later())
            return
        if len(parts) == 2 and parts[0] == 'subject':
            text = douban_subject(parts[1])
            if text:
                reply.set_html(text)
                return
        reply.status = 404
        reply.set_html(page('404', '<h1>not found</h1>'))
        return
    if host == 'www.xbiquge.la':
        if parts == ['paihangbang']:
            reply.set_html(novel_list())
            return
        if len(parts) == 2 and parts[0].isdigit() and parts[1].isdigit():
            text = novel_book(int(parts[0]), int(parts[1]))
            if text:
                reply.set_html(text)
                return
        reply.status = 404
        reply.set_html(page('404', '<h1>not found</h1>'))
        return
    if host == 'shop.projectsedu.com' and len(parts) == 2 and parts[0] == 'goods':
        reply.set_html(page('Goods %s' % parts[1], '<h1>Goods %s</h1>\n<p class="price">%s.00</p>'
                            % (parts[1], parts[1])))
        return
    if path.endswith(('.png', '.jpg', '.gif')):
        reply.set_bytes(('image %s%s' % (host, path)).encode('utf-8'), 'image/' + path[-3:])
        return
    if path.endswith('.json') or host.startswith('api.'):
        reply.set_json({'host': host, 'path': path, 'args': parse_query(query)})
        return
    if path.endswith('.txt'):
        reply.set_bytes(('text of %s on %s\n' % (path, host)).encode('utf-8'), 'text/plain')
        return
    reply.set_html(plain_page(scheme, host, path))


def fill_httpbin(reply, parts, query, method, headers, body):
    shown = {'Accept': '*/*', 'Accept-Encoding': 'gzip, deflate', 'Host': 'httpbin.org',
             'User-Agent': 'loopscope'}
    for key, value in (headers or {}).items():
        shown[key] = value
    args = parse_query(query)
    first = parts[0] if parts else ''
    if first == '':
        reply.set_html(page('httpbin.org', '<h1>httpbin.org</h1>\n<p class="intro">'
                            'A simulated HTTP Request &amp; Response Service.</p>\n'
                            '<a href="https://httpbin.org/get">get</a>'))
    elif first == 'ip':
        reply.set_json({'origin': '1.1.1.1'})
    elif first == 'headers':
        reply.set_json({'headers': shown})
    elif first == 'user-agent':
        reply.set_json({'user-agent': shown['User-Agent']})
    elif first == 'uuid':
        reply.set_json({'uuid': '6b3f8a52-0c1d-4e5f-8a9b-0123456789ab'})
    elif first == 'get':
        reply.set_json({'args': args, 'headers': shown, 'origin': '1.1.1.1', 'url': reply.url})
    elif first == 'bytes' and len(parts) > 1 and parts[1].isdigit():
        count = min(int(parts[1]), 100000)
        reply.set_bytes(bytes((i * 7 + 1) % 256 for i in range(count)),
                        'application/octet-stream')
    elif first in ('delay', 'anything', 'post', 'put', 'patch', 'delete'):
        text = body.decode('utf-8', 'replace') if body else ''
        reply.set_json({'args': args, 'data': text, 'files': {}, 'form': {},
                        'headers': shown, 'origin': '1.1.1.1', 'url': reply.url})
    elif first == 'html':
        reply.set_html(page('Herman Melville - Moby-Dick', '<h1>Herman Melville - Moby-Dick</h1>'))
    else:
        reply.status = 404
        reply.set_html(page('404', '<h1>Not Found</h1>'))
