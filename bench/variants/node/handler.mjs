// A custom resource as people write it in Node: AWS SDK v3, one client per service, nine requests.
import { request } from 'node:https';
import { CloudWatchClient, PutMetricAlarmCommand } from '@aws-sdk/client-cloudwatch';
import { GetRoleCommand, IAMClient } from '@aws-sdk/client-iam';
import { DescribeKeyCommand, GetKeyPolicyCommand, KMSClient, ListGrantsCommand, PutKeyPolicyCommand } from '@aws-sdk/client-kms';

const kms = new KMSClient({});
const iam = new IAMClient({});
const cloudWatch = new CloudWatchClient({});

function answer(event, status, reason) {
  const body = JSON.stringify({
    Status: status,
    Reason: reason,
    PhysicalResourceId: event.PhysicalResourceId ?? `${event.LogicalResourceId}-1`,
    StackId: event.StackId,
    RequestId: event.RequestId,
    LogicalResourceId: event.LogicalResourceId,
    Data: { KeyArn: event.ResourceProperties.KeyArn },
  });
  return new Promise((resolve, reject) => {
    const put = request(event.ResponseURL, { method: 'PUT', headers: { 'content-type': '', 'content-length': Buffer.byteLength(body) } }, (reply) => {
      reply.resume();
      reply.on('end', () => (reply.statusCode < 300 ? resolve() : reject(new Error(`status ${reply.statusCode}`))));
    });
    put.on('error', reject);
    put.end(body);
  });
}

export async function handler(event) {
  const KeyId = event.ResourceProperties.KeyArn;
  try {
    await kms.send(new DescribeKeyCommand({ KeyId }));
    const { Policy } = await kms.send(new GetKeyPolicyCommand({ KeyId, PolicyName: 'default' }));
    await kms.send(new ListGrantsCommand({ KeyId }));
    for (const RoleName of event.ResourceProperties.Roles) await iam.send(new GetRoleCommand({ RoleName }));
    const policy = JSON.parse(Policy);
    policy.Statement.push({ Sid: 'Logs', Effect: 'Allow', Principal: { Service: 'logs.us-east-1.amazonaws.com' }, Action: ['kms:Encrypt', 'kms:Decrypt'], Resource: '*' });
    await kms.send(new PutKeyPolicyCommand({ KeyId, PolicyName: 'default', Policy: JSON.stringify(policy) }));
    await cloudWatch.send(
      new PutMetricAlarmCommand({
        AlarmName: 'usage', Namespace: 'AWS/Usage', MetricName: 'CallCount', Statistic: 'Sum', Period: 3600,
        EvaluationPeriods: 1, Threshold: 10000, ComparisonOperator: 'GreaterThanThreshold',
      }),
    );
    await answer(event, 'SUCCESS', '');
  } catch (error) {
    await answer(event, 'FAILED', String(error));
  }
}
