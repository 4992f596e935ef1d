"""The same work behind the protocol that custom-resource helpers for Python have: a decorator by request type, a time-out
that answers before the function is killed, log lines as JSON, deferred errors of the start, an answer that is tried again."""
import json
import logging
import random
import string
import threading
import time

import boto3

import handler as plain


class Helper:
    def __init__(self):
        self.actions, self.broken, self.log = {}, None, logging.getLogger('custom-resource')
        self.log.setLevel(logging.INFO)
        self.log.addHandler(logging.StreamHandler())
        # For work that outlasts one invocation; made at the start whether it is needed or not.
        self.poll = [boto3.client(name) for name in ('lambda', 'events', 'logs')]

    def on(self, kind):
        return lambda action: self.actions.setdefault(kind, action)

    def put(self, event, status, reason):
        for attempt in range(5):
            try:
                return plain.answer(event, status, reason[:1000])
            except OSError:
                time.sleep(2 ** attempt * random.random())
        raise RuntimeError('the answer was not delivered')

    def __call__(self, event, context):
        self.log.info(json.dumps({'event': 'request', 'type': event['RequestType'], 'requestId': event['RequestId']}))
        event.setdefault('PhysicalResourceId', '_'.join([
            event['StackId'].split('/')[1], event['LogicalResourceId'], ''.join(random.choices(string.ascii_letters, k=8))]))
        timer = threading.Timer(55, self.put, (event, 'FAILED', 'The function did not finish in time'))
        timer.start()
        try:
            self.actions[event['RequestType']](event)
            status, reason = 'SUCCESS', ''
        except Exception as error:
            status, reason = 'FAILED', str(error)
        timer.cancel()
        self.put(event, status, reason)


handler = Helper()
handler.on('Create')(plain.work)
