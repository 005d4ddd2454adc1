"""Makes a program small that still does what somebody is looking for.

Statements are taken out, many at once and then fewer (delta debugging), and statements that
hold others are replaced by those, until nothing more can go.
"""

import ast

TRIES = 600
BODIES = ('body', 'orelse', 'finalbody')


def shrink(source, is_wanted):
    """The smallest program found for which `is_wanted(source)` is still true."""
    search = Search(is_wanted)
    if not search.accepts(ast.unparse(ast.parse(source))):
        return source       # it matters how the text is written
    while search.tries < TRIES:
        before = search.best
        search.take_out()
        search.unwrap()
        if search.best == before:
            break
    return search.best


class Search:
    def __init__(self, is_wanted):
        self.is_wanted = is_wanted
        self.best = None
        self.tries = 0
        self.seen = set()

    def accepts(self, text):
        if text in self.seen or self.tries >= TRIES:
            return False
        self.seen.add(text)
        self.tries += 1
        try:
            compile(text, 'prog.py', 'exec')
        except SyntaxError:
            return False
        if not self.is_wanted(text):
            return False
        self.best = text
        return True

    def change(self, number, edit):
        """Tries an edit of the body with this number."""
        tree = ast.parse(self.best)
        edit(bodies(tree)[number])
        ast.fix_missing_locations(tree)
        return self.accepts(ast.unparse(tree))

    def take_out(self):
        number = 0
        while number < len(bodies(ast.parse(self.best))):
            length = len(bodies(ast.parse(self.best))[number])
            chunk = length
            while chunk >= 1:
                start = 0
                while start < length:
                    def remove(body):
                        body[start:start + chunk] = [] if len(body) > chunk or number == 0 else [ast.Pass()]
                    if self.change(number, remove):
                        length = len(bodies(ast.parse(self.best))[number])
                    else:
                        start += chunk
                chunk //= 2
            number += 1

    def unwrap(self):
        """Puts what a statement holds in its place."""
        number = 0
        while number < len(bodies(ast.parse(self.best))):
            at = 0
            while at < len(bodies(ast.parse(self.best))[number]):
                statement = bodies(ast.parse(self.best))[number][at]
                inner = getattr(statement, 'body', None)
                is_definition = isinstance(statement, (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef))

                def replace(body):
                    body[at:at + 1] = body[at].body
                if not isinstance(inner, list) or is_definition or not self.change(number, replace):
                    at += 1
            number += 1


def bodies(tree):
    """All lists of statements, outer ones first."""
    found = []
    for node in ast.walk(tree):
        for name in BODIES:
            body = getattr(node, name, None)
            if isinstance(body, list) and body and isinstance(body[0], ast.stmt):
                found.append(body)
    return found
