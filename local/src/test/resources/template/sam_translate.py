"""Translates a SAM template with AWS's own translator, once per Region, and prints {Region: template} as JSON.

usage: sam_translate.py TEMPLATE PARAMETERS REGION...   (PARAMETERS is a JSON object)

The translator takes code only from S3, so local zips become s3://local-zips/PATH before; the Java side does the same.
"""
import copy
import json
import sys

from boto3 import Session
from samtranslator.parser.parser import Parser
from samtranslator.translator.translator import Translator
from samtranslator.yaml_helper import yaml_parse

CODE = {"AWS::Serverless::Function": "CodeUri", "AWS::Serverless::LayerVersion": "ContentUri"}


def located(template):
    for resource in template["Resources"].values():
        name = CODE.get(resource["Type"])
        uri = resource.get("Properties", {}).get(name)
        if isinstance(uri, str) and not uri.startswith("s3://"):
            resource["Properties"][name] = "s3://local-zips/" + uri
    return template


def translated(template, parameters, region):
    session = Session(region_name=region)
    translator = Translator(managed_policy_map={}, sam_parser=Parser(), boto_session=session)
    return translator.translate(sam_template=located(copy.deepcopy(template)), parameter_values=parameters)


with open(sys.argv[1], encoding="utf-8") as file:
    source = yaml_parse(file.read())
# Dates without quotes are text for CloudFormation.
parameters = json.loads(sys.argv[2])
json.dump({region: translated(source, parameters, region) for region in sys.argv[3:]}, sys.stdout, default=str)
