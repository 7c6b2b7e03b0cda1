// Solves a model with HiGHS and prints one JSON object: status, cost, bound, indices of the columns that are 1.
// usage: node highs.mjs MODEL.mps SECONDS
import { readFileSync } from "node:fs";
import highsLoader from "highs";

const [path, seconds] = process.argv.slice(2);
const highs = await highsLoader();
const model = highs.createModel({ format: "mps", data: readFileSync(path) });
model.options.set({ time_limit: Number(seconds), output_flag: false, mip_rel_gap: 0, mip_abs_gap: 0 });
model.run();
const { modelStatus, solutionStatus } = highs.constants;
const status = model.getModelStatus();
const isFound = model.info.get("primal_solution_status") === solutionStatus.feasible;
const bound = model.info.get("mip_dual_bound");
const chosen = [];
if (isFound) {
  model.getSolution().colValue.forEach((value, index) => { if (value > 0.5) chosen.push(index); });
}
const names = new Map([[modelStatus.optimal, "optimal"], [modelStatus.infeasible, "infeasible"], [modelStatus.timeLimit, "limit"]]);
console.log(JSON.stringify({
  status: names.get(status) ?? `status ${status}`,
  cost: isFound ? model.getObjectiveValue() : null,
  bound: Number.isFinite(bound) ? bound : null,
  chosen,
}));
model.dispose();
