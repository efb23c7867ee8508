import { describe, expect, it } from "vitest";
import { createRandom } from "../random/index.ts";
import { assessLabelBias, type OutputStratum } from "./early-label-bias.ts";
import { addLoss, emptyLossSums } from "./loss-sums.ts";

/** strata returns ten bins of 500 predictions, of which `share(bin)` have labels and the loss is bin / 10 on average. */
function strata(share: (bin: number) => number): OutputStratum[] {
  const random = createRandom(31);
  return Array.from({ length: 10 }, (_, bin) => {
    const labelled = emptyLossSums();
    for (let i = 0; i < 500 * share(bin); i++) addLoss(labelled, random() < bin / 10 ? 1 : 0);
    return { predictions: 500, labelled };
  });
}

describe("early labels", () => {
  it("are representative when they come alike for all outputs", () => {
    expect(assessLabelBias(strata(() => 0.4)).outcome).toBe("representative");
  });

  it("are corrected to all predictions when they come earlier for some outputs", () => {
    const bias = assessLabelBias(strata((bin) => (bin < 5 ? 0.8 : 0.1)));
    if (bias.outcome !== "corrected") throw new Error(bias.outcome);
    expect(bias.plain).toBeLessThan(0.3);
    expect(bias.loss.value).toBeCloseTo(0.45, 1);
    expect(bias.loss.ciLow).toBeLessThan(0.45);
    expect(bias.loss.ciHigh).toBeGreaterThan(0.45);
    expect(bias.reason).toContain("biased sample");
  });

  it("are refused when part of the outputs has none", () => {
    const bias = assessLabelBias(strata((bin) => (bin < 5 ? 0.8 : 0)));
    expect(bias.outcome).toBe("refused");
    expect("reason" in bias && bias.reason).toContain("50 % of the predictions");
  });

  it("are not judged when there are few", () => {
    expect(assessLabelBias(strata(() => 0.002)).outcome).toBe("insufficient_data");
    expect(assessLabelBias(strata(() => 1)).outcome).toBe("insufficient_data");
  });
});
