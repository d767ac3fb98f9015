import type { Provider } from "../../snapshot.ts";
import { modelFacts } from "../catalogue.ts";

/** Whether a provider's model may be sent images: by the file's word, else by the catalogue's. */
export function seesImages({ capabilities, vendor, model }: Provider): boolean {
  if (capabilities !== null) return capabilities.includes("images");
  return modelFacts(vendor, model).images !== false;
}
