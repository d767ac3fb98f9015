import type { Document } from "../document.ts";
import type { ConfigurationEdit, Plan } from "./edit.ts";
import { planAddProvider } from "./plan-add-provider.ts";
import { planRemoveProvider } from "./plan-remove-provider.ts";
import { planSetProvider, planSwitchProvider } from "./plan-provider.ts";
import { planAddRoute, planRemoveRoute, planSetRoute } from "./plan-route.ts";

/** What an edit comes to in a file; `isSet` tells of a variable whether it holds anything. */
export function planEdit(
  document: Document,
  edit: ConfigurationEdit,
  isSet: (variable: string) => boolean,
): Plan {
  switch (edit.edit) {
    case "add-provider":
      return planAddProvider(document, edit, isSet);
    case "remove-provider":
      return planRemoveProvider(document, edit);
    case "set-provider":
      return planSetProvider(document, edit);
    case "switch-provider":
      return planSwitchProvider(document, edit);
    case "add-route":
      return planAddRoute(document, edit);
    case "set-route":
      return planSetRoute(document, edit);
    case "remove-route":
      return planRemoveRoute(document, edit);
  }
}
