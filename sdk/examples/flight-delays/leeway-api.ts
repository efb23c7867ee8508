/** LeewayApi is the part of Leeway's HTTP API that a training job speaks to. */
export interface LeewayApi {
  putVersion(model: string, version: string, settings: Record<string, unknown>): Promise<unknown>;
  uploadReference(model: string, version: string, csv: string): Promise<unknown>;
  reportRetraining(id: string, report: Record<string, unknown>): Promise<unknown>;
}

/** createLeewayApi returns a client of the API at `url`; every refusal is thrown with the problem the API named. */
export function createLeewayApi({ url, apiKey }: { url: string; apiKey: string }): LeewayApi {
  const call = async (method: string, path: string, contentType: string, body: string) => {
    const answer = await fetch(`${url}${path}`, {
      method,
      headers: { authorization: `Bearer ${apiKey}`, "content-type": contentType },
      body,
    });
    if (!answer.ok)
      throw new Error(`${method} ${path} was answered ${answer.status}: ${await answer.text()}`);
    return answer.json();
  };
  const model = (name: string) => `/v1/models/${encodeURIComponent(name)}`;
  return {
    putVersion: (name, version, settings) =>
      call(
        "PUT",
        `${model(name)}/versions/${encodeURIComponent(version)}`,
        "application/json",
        JSON.stringify(settings),
      ),
    uploadReference: (name, version, csv) => {
      const mapping = JSON.stringify({
        timestamp: "timestamp",
        label: "label",
        score: "score",
        features: ["hour", "day_of_week", "distance", "origin", "destination"],
      });
      const query = new URLSearchParams({ version, mapping });
      return call("POST", `${model(name)}/references?${query}`, "text/csv", csv);
    },
    reportRetraining: (id, report) =>
      call("POST", `/v1/retrainings/${encodeURIComponent(id)}`, "application/json", JSON.stringify(report)),
  };
}
