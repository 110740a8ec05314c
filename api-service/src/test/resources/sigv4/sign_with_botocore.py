"""Signs requests with botocore and prints them as JSON, one object a line.

The cases follow the structure of the published Signature Version 4 test suite: each bends one thing of
a plain request. The last ones are calls of real clients, caught before they would be sent.

python3 sign_with_botocore.py > botocore.jsonl    writes the recorded fixture anew
"""

import base64
import hashlib
import json
import sys

import boto3
import botocore
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest, AWSResponse
from botocore.credentials import Credentials

ACCESS_KEY = "BERTHFIXTUREKEY23456"
SECRET = "fixture+secret/0123456789abcdefghijklmno"
REGION = "us-east-1"
HOST = "http://127.0.0.1:8080"

CASES = [
    # name, method, path and query, headers, body
    ("vanilla", "GET", "/", [], b""),
    ("post-vanilla", "POST", "/", [], b""),
    ("post-json", "POST", "/", [("Content-Type", "application/x-amz-json-1.1"),
                                ("X-Amz-Target", "AmazonEC2ContainerServiceV20141113.ListClusters")], b"{}"),
    ("post-form", "POST", "/", [("Content-Type", "application/x-www-form-urlencoded")],
     b"Action=GetCallerIdentity&Version=2011-06-15"),
    ("post-binary", "POST", "/", [("Content-Type", "application/octet-stream")], bytes(range(256))),
    ("post-utf8", "POST", "/", [("Content-Type", "application/json")], "{\"name\": \"Anlegeplätze ⚓\"}".encode()),
    ("query", "GET", "/?Param1=value1", [], b""),
    ("query-order-key", "GET", "/?Param2=value2&Param1=value1", [], b""),
    ("query-order-value", "GET", "/?Param1=b&Param1=a", [], b""),
    ("query-order-key-case", "GET", "/?b=1&B=2&a=3&A=4", [], b""),
    ("query-prefix-keys", "GET", "/?ab=1&a=2&a-b=3&a.b=4", [], b""),
    ("query-unreserved", "GET", "/?-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz=x", [], b""),
    ("query-empty-value", "GET", "/?Param1=", [], b""),
    ("query-encoded", "GET", "/?filter=a%20b%2Fc%3Dd%26e%25f", [], b""),
    ("query-utf8", "GET", "/?%E1%88%B4=bar", [], b""),
    ("header-value-trim", "GET", "/", [("My-Header1", "  value1"), ("My-Header2", "\"a   b   c\"")], b""),
    ("header-order", "GET", "/", [("Zebra", "z"), ("My-Header1", "b"), ("Apple", "a")], b""),
    ("header-mixed-case", "GET", "/", [("mY-hEaDeR1", "Value")], b""),
    ("path", "GET", "/v1/clusters/default", [], b""),
    ("path-slash", "GET", "/v1/clusters/", [], b""),
    ("path-slashes", "GET", "//v1//clusters", [], b""),
    ("path-dot", "GET", "/v1/./clusters", [], b""),
    ("path-dot-dot", "GET", "/v1/x/../clusters", [], b""),
    ("path-unreserved", "GET", "/-._~0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz", [], b""),
    ("path-encoded", "GET", "/v1/task-definitions/web%3A5", [], b""),
    ("path-space", "GET", "/v1/a%20b", [], b""),
    ("path-arn", "GET", "/v1/tasks/arn%3Aaws%3Aecs%3Aus-east-1%3A000000000000%3Atask%2Fdefault%2F0123", [], b""),
    ("delete", "DELETE", "/v1/clusters/web?force=true", [], b""),
]


def record(name, service, region, request):
    headers = []
    for key, value in request.headers.items():
        if key.lower() == "user-agent" or key.lower().startswith("amz-sdk"):
            continue  # never signed, and says what machine it was
        headers.append([key, value.decode() if isinstance(value, bytes) else str(value)])
    body = request.body or b""
    body = body.encode() if isinstance(body, str) else body
    url = request.url.split("://", 1)[1]
    host, _, rest = url.partition("/")
    path, _, query = ("/" + rest).partition("?")
    if not any(key.lower() == "host" for key, _ in headers):
        headers.append(["Host", host])
    print(json.dumps({
        "name": name, "accessKeyId": ACCESS_KEY, "secret": SECRET, "region": region, "service": service,
        "method": request.method, "path": path, "query": query, "headers": headers,
        "body": base64.b64encode(body).decode(), "signer": "botocore " + botocore.__version__,
    }, ensure_ascii=False, sort_keys=True))


def plain():
    credentials = Credentials(ACCESS_KEY, SECRET)
    for name, method, target, headers, body in CASES:
        request = AWSRequest(method=method, url=HOST + target, data=body)
        for key, value in headers:
            request.headers[key] = value
        SigV4Auth(credentials, "ecs", REGION).add_auth(request)
        record(name, "ecs", REGION, request)
    hashed = AWSRequest(method="POST", url=HOST + "/", data=b"{}")
    hashed.headers["X-Amz-Content-SHA256"] = hashlib.sha256(b"{}").hexdigest()
    SigV4Auth(credentials, "ecs", REGION).add_auth(hashed)
    record("content-sha256", "ecs", REGION, hashed)
    elsewhere = AWSRequest(method="GET", url=HOST + "/", data=b"")
    SigV4Auth(credentials, "ecs", "eu-central-1").add_auth(elsewhere)
    record("another-region", "ecs", "eu-central-1", elsewhere)


def caught(name, service, signing_name, call):
    client = boto3.client(service, endpoint_url=HOST, region_name=REGION,
                          aws_access_key_id=ACCESS_KEY, aws_secret_access_key=SECRET)

    def catch(request, **_):
        record(name, signing_name, REGION, request)
        empty = b"<R><GetCallerIdentityResult/><DescribeLoadBalancersResult/></R>" if signing_name != "ecs" else b"{}"
        return AWSResponse(request.url, 200, {}, type("Raw", (), {"stream": lambda self: [empty]})())

    client.meta.events.register("before-send.*.*", catch)
    call(client)


def clients():
    caught("boto3-ecs-list-clusters", "ecs", "ecs", lambda ecs: ecs.list_clusters(maxResults=10))
    caught("boto3-ecs-run-task", "ecs", "ecs", lambda ecs: ecs.run_task(
        cluster="default", taskDefinition="web:1", count=2,
        overrides={"containerOverrides": [{"name": "app", "command": ["sh", "-c", "echo 'ünï' && sleep 1"]}]}))
    caught("boto3-sts-get-caller-identity", "sts", "sts", lambda sts: sts.get_caller_identity())
    caught("boto3-elbv2-describe", "elbv2", "elasticloadbalancing",
           lambda elb: elb.describe_load_balancers(Names=["a b/c", "d+e"]))


if __name__ == "__main__":
    plain()
    clients()
    sys.stdout.flush()
