import sys

try:
    sys.exit()
except SystemExit as error:
    print(repr(error), error.code)
try:
    sys.exit((1, 2))
except SystemExit as error:
    print(repr(error), error.code)
try:
    exit_code = None
    raise SystemExit
finally:
    print("leaving")
