import type { NotJudged } from "../../evaluation/index.ts";
import type { EmbeddingAssessment } from "../embeddings/assess-embedding.ts";
import type { JointAssessment } from "../joint/assess-joint.ts";
import type { TextAssessment } from "../text/assess-text.ts";
import type { SourceProfile } from "./assess-sources.ts";

/** WindowEvidence is what is known of a window beside its profile, where it was looked for in the rows themselves. */
export interface WindowEvidence {
  /** What each replica or upstream tag sent, where a window that drifted was broken down. */
  sources?: readonly SourceProfile[];
  /** How its features are correlated. */
  joint?: JointAssessment | undefined;
  /** What its texts are made of, by feature of free text. */
  texts?: ReadonlyMap<string, TextAssessment> | undefined;
  /** Its embeddings. */
  embeddings?: readonly EmbeddingAssessment[] | undefined;
  /** What was looked for in vain: in this window, and in any window compared with this reference. */
  notJudged?: { here: readonly NotJudged[]; ever: readonly NotJudged[] } | undefined;
}
