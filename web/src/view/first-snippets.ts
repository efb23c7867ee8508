/** FirstSnippet is one way to send a first prediction, with its label. */
export interface FirstSnippet {
  id: string;
  name: string;
  /** What to know before. */
  note: string;
  code: string;
}

/** firstSnippets returns the ways to send a first prediction to the API at `url`, each whole as it stands but for the key in `LEEWAY_API_KEY`. */
export function firstSnippets(url: string): FirstSnippet[] {
  return [
    {
      id: "curl",
      name: "curl",
      note: "One prediction from a terminal, to see it arrive.",
      code: curl(url),
    },
    {
      id: "typescript",
      name: "TypeScript",
      note: "For a service on Node 20 or newer. Recording costs microseconds, never throws into your service and never keeps it alive. Install the SDK from the folder sdk/ of Leeway’s repository.",
      code: typescript(url),
    },
    {
      id: "python",
      name: "Python",
      note: "Nothing to install: the standard library is enough. Send many predictions in one request.",
      code: python(url),
    },
    {
      id: "otlp",
      name: "OpenTelemetry",
      note: "Metrics of an inference server, such as vLLM or Triton, by an exporter that speaks OTLP over HTTP. They are shown beside the predictions of the same model, which come by one of the other ways.",
      code: otlp(url),
    },
  ];
}

function curl(url: string): string {
  return `curl ${url}/v1/predictions -H "authorization: Bearer $LEEWAY_API_KEY" -H "content-type: application/json" \\
  -d '{"predictions":[{"id":"1","timestamp":"'$(date -u +%FT%TZ)'","model":"my-model","version":"1",
       "features":{"distance":612,"carrier":"AA"},"prediction":{"score":0.21}}]}'

# hours or days later, when the truth is known:
curl ${url}/v1/labels -H "authorization: Bearer $LEEWAY_API_KEY" -H "content-type: application/json" \\
  -d '{"labels":[{"model":"my-model","prediction_id":"1","label":true,"timestamp":"'$(date -u +%FT%TZ)'"}]}'`;
}

function typescript(url: string): string {
  return `import { createLeeway } from "@leeway/sdk";

const leeway = createLeeway({
  url: "${url}",
  apiKey: process.env.LEEWAY_API_KEY,
  model: "my-model",
  version: "1",
});

const id = leeway.predict({
  features: { distance: 612, carrier: "AA" },
  prediction: { score: 0.21 },
  latencyMs: 12,
});

// hours or days later, when the truth is known:
leeway.label({ predictionId: id, label: true });`;
}

function python(url: string): string {
  return `import json, os, urllib.request
from datetime import datetime, timezone

def send(path, body):
    request = urllib.request.Request(
        "${url}" + path,
        data=json.dumps(body).encode(),
        headers={
            "authorization": "Bearer " + os.environ["LEEWAY_API_KEY"],
            "content-type": "application/json",
        },
    )
    print(urllib.request.urlopen(request).read().decode())

now = datetime.now(timezone.utc).isoformat()
send("/v1/predictions", {"predictions": [{
    "id": "1", "timestamp": now, "model": "my-model", "version": "1",
    "features": {"distance": 612, "carrier": "AA"},
    "prediction": {"score": 0.21}, "latency_ms": 12,
}]})

# hours or days later, when the truth is known:
send("/v1/labels", {"labels": [
    {"model": "my-model", "prediction_id": "1", "label": True, "timestamp": now}
]})`;
}

function otlp(url: string): string {
  return `export OTEL_EXPORTER_OTLP_METRICS_ENDPOINT=${url}/v1/metrics
export OTEL_EXPORTER_OTLP_METRICS_PROTOCOL=http/protobuf
export OTEL_EXPORTER_OTLP_METRICS_HEADERS="authorization=Bearer%20$LEEWAY_API_KEY"
export OTEL_RESOURCE_ATTRIBUTES="leeway.model=my-model,leeway.version=1"`;
}
