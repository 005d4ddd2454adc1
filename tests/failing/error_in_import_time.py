import json

data = '{"name": "x", "values": [1, 2,]}'
try:
    json.loads("")
except json.JSONDecodeError as error:
    print(error)
json.loads(data)
