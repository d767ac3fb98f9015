import type { Document } from "../document.ts";
import type { ConfigurationEdit, Plan } from "./edit.ts";
import { planAddProvider } from "./plan-add-provider.ts";
import { planRemoveProvider } from "./plan-remove-provider.ts";
import { planSetProvider, planSwitchProvider } from "./plan-provider.ts";

/** What an edit comes to in a file. */
export function planEdit(document: Document, edit: ConfigurationEdit): Plan {
  switch (edit.edit) {
    case "add-provider":
      return planAddProvider(document, edit);
    case "remove-provider":
      return planRemoveProvider(document, edit);
    case "set-provider":
      return planSetProvider(document, edit);
    case "switch-provider":
      return planSwitchProvider(document, edit);
  }
}
