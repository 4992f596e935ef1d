"""The loop of a runtime: takes events from the Runtime API, as AWS's own client does. Argument: the module of the handler."""
import http.client
import importlib
import json
import os
import sys

handler = importlib.import_module(sys.argv[1]).handler
api = http.client.HTTPConnection(os.environ['AWS_LAMBDA_RUNTIME_API'])
while True:
    api.request('GET', '/2018-06-01/runtime/invocation/next')
    reply = api.getresponse()
    request_id, event = reply.headers['Lambda-Runtime-Aws-Request-Id'], json.loads(reply.read())
    result = handler(event, None)
    api.request('POST', f'/2018-06-01/runtime/invocation/{request_id}/response', json.dumps(result))
    api.getresponse().read()
