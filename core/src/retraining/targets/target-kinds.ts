import { z } from "zod";
import { airflowTarget } from "./airflow/airflow-target.ts";
import { argoEventsTarget } from "./argo_events/argo_events-target.ts";
import { argoWorkflowsTarget } from "./argo_workflows/argo_workflows-target.ts";
import { dagsterTarget } from "./dagster/dagster-target.ts";
import { databricksTarget } from "./databricks/databricks-target.ts";
import { githubTarget } from "./github/github-target.ts";
import { gitlabTarget } from "./gitlab/gitlab-target.ts";
import { kubeflowTarget } from "./kubeflow/kubeflow-target.ts";
import { kubernetesTarget } from "./kubernetes/kubernetes-target.ts";
import { prefectTarget } from "./prefect/prefect-target.ts";
import { rayTarget } from "./ray/ray-target.ts";
import type { TargetDefinition } from "./target-definition.ts";
import { webhookTarget } from "./webhook/webhook-target.ts";

/** TARGET_KINDS is the registry of what a retraining can be asked of. */
export const TARGET_KINDS = registry({
  webhook: webhookTarget,
  airflow: airflowTarget,
  kubeflow: kubeflowTarget,
  ray: rayTarget,
  argo_events: argoEventsTarget,
  argo_workflows: argoWorkflowsTarget,
  github: githubTarget,
  gitlab: gitlabTarget,
  prefect: prefectTarget,
  dagster: dagsterTarget,
  databricks: databricksTarget,
  kubernetes: kubernetesTarget,
});

export type TargetKind = keyof typeof TARGET_KINDS;

type SettingsByKind = { [Kind in TargetKind]: z.output<(typeof TARGET_KINDS)[Kind]["schema"]> };

/** TargetOf is the settings of a target of one kind. */
export type TargetOf<Kind extends TargetKind> = SettingsByKind[Kind];

/** Target is the settings of a target, told apart by their kind. */
export type Target = SettingsByKind[TargetKind];

/** targetSchema is what a person says of a target. */
export const targetSchema = unionOfTargets();

/** targetOf returns the definition of a target's kind. O(1). */
export function targetOf<Kind extends TargetKind>(
  kind: Kind,
): TargetDefinition<Kind, z.ZodType<SettingsByKind[Kind]>> {
  const definitions: { [Each in TargetKind]: TargetDefinition<Each, z.ZodType<SettingsByKind[Each]>> } =
    TARGET_KINDS;
  return definitions[kind];
}

function unionOfTargets() {
  type Member = (typeof TARGET_KINDS)[TargetKind]["schema"];
  const [first, ...others] = Object.values(TARGET_KINDS).map((target): Member => target.schema);
  if (first === undefined) throw new Error("no kind of target is registered");
  return z.discriminatedUnion("kind", [first, ...others]);
}

// A kind entered under another kind's name does not compile.
function registry<Kinds extends { [Kind in keyof Kinds]: { kind: Kind } }>(kinds: Kinds): Kinds {
  return kinds;
}
