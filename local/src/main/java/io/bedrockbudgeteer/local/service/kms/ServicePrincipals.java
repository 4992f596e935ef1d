package io.bedrockbudgeteer.local.service.kms;

import java.util.Arrays;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Service principals that KMS accepts in a key policy. AWS publishes no complete list; these are
/// the ones that the guides of services with customer managed keys name. A name that is missing
/// here is refused, as a mistyped one is on AWS.
final class ServicePrincipals {
    private static final Pattern NAME =
            Pattern.compile(
                    "([a-z0-9.-]+?)(?:\\.([a-z]{2}(?:-[a-z]+)+-[0-9]))?\\.amazonaws\\.com(?:\\.cn)?");

    private static final Set<String> KNOWN =
            Set.copyOf(
                    Arrays.asList(
                            ("apigateway appsync athena autoscaling backup batch bedrock budgets cloudformation cloudfront cloudtrail cloudwatch codebuild "
                                            + "codecommit codepipeline config connect costalerts delivery.logs devops-guru dms dynamodb ec2 ecr ecs eks "
                                            + "elasticfilesystem elasticloadbalancing elasticmapreduce es events firehose fsx glue guardduty healthlake imagebuilder "
                                            + "inspector2 iot kafka kinesis kinesisanalytics lambda lex logs macie mediaconvert monitoring mq pipes "
                                            + "quicksight rds redshift replication.ecr s3 sagemaker scheduler secretsmanager securityhub servicecatalog ses sns sqs "
                                            + "ssm ssm-incidents states storagegateway transcribe transfer wafv2 workspaces xray")
                                    .split(" ")));

    private ServicePrincipals() {}

    static boolean isKnown(String name) {
        Matcher matcher = NAME.matcher(name);
        return matcher.matches() && KNOWN.contains(matcher.group(1));
    }
}
