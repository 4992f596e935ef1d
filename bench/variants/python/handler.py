"""A custom resource as people write it in Python: boto3, one client per service, nine requests."""
import json
import os
import ssl
import urllib.request

import boto3

kms = boto3.client('kms')
iam = boto3.client('iam')
cloudwatch = boto3.client('cloudwatch')
TLS = ssl.create_default_context(cafile=os.environ.get('AWS_CA_BUNDLE'))


def answer(event, status, reason):
    body = json.dumps({
        'Status': status,
        'Reason': reason,
        'PhysicalResourceId': event.get('PhysicalResourceId', event['LogicalResourceId'] + '-1'),
        'StackId': event['StackId'],
        'RequestId': event['RequestId'],
        'LogicalResourceId': event['LogicalResourceId'],
        'Data': {'KeyArn': event['ResourceProperties']['KeyArn']},
    }).encode()
    put = urllib.request.Request(event['ResponseURL'], data=body, method='PUT', headers={'Content-Type': ''})
    with urllib.request.urlopen(put, context=TLS) as reply:
        reply.read()


def work(event):
    key = event['ResourceProperties']['KeyArn']
    kms.describe_key(KeyId=key)
    policy = json.loads(kms.get_key_policy(KeyId=key, PolicyName='default')['Policy'])
    kms.list_grants(KeyId=key)
    for role in event['ResourceProperties']['Roles']:
        iam.get_role(RoleName=role)
    policy['Statement'].append({'Sid': 'Logs', 'Effect': 'Allow', 'Principal': {'Service': 'logs.us-east-1.amazonaws.com'},
                                'Action': ['kms:Encrypt', 'kms:Decrypt'], 'Resource': '*'})
    kms.put_key_policy(KeyId=key, PolicyName='default', Policy=json.dumps(policy))
    cloudwatch.put_metric_alarm(AlarmName='usage', Namespace='AWS/Usage', MetricName='CallCount', Statistic='Sum', Period=3600,
                                EvaluationPeriods=1, Threshold=10000, ComparisonOperator='GreaterThanThreshold')


def handler(event, context):
    try:
        work(event)
        answer(event, 'SUCCESS', '')
    except Exception as error:
        answer(event, 'FAILED', str(error))
