export * from "../../src/simulate/virtual-clock.ts";
