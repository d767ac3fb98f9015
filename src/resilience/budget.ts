import type { BudgetPolicy } from "../health-policy.ts";

/**
 * What all requests together may still repeat. Each request puts in its share, time puts in the
 * floor, each repeat takes one out; so an outage is not multiplied by everybody's retries.
 */
export type Budget = { readonly balance: number; readonly at: number };

/** How much is kept at most: this many seconds of the floor, and as much again of shares. */
const keptSeconds = 10;

/** A budget that is full. */
export function fullBudget(policy: BudgetPolicy, now: number): Budget {
  return { balance: mostKept(policy), at: now };
}

/** What the budget holds at a moment. */
export function balanceAt(budget: Budget, now: number, policy: BudgetPolicy): number {
  const grown = (Math.max(0, now - budget.at) / 1_000) * policy.perSecond;
  return Math.min(mostKept(policy), budget.balance + grown);
}

/** The budget after a request has put in its share. */
export function withDeposit(budget: Budget, now: number, policy: BudgetPolicy): Budget {
  const balance = Math.min(mostKept(policy), balanceAt(budget, now, policy) + policy.ratio);
  return { balance, at: Math.max(now, budget.at) };
}

/** The budget after a repeat has taken one out. */
export function withWithdrawal(budget: Budget, now: number, policy: BudgetPolicy): Budget {
  return { balance: balanceAt(budget, now, policy) - 1, at: Math.max(now, budget.at) };
}

function mostKept({ perSecond }: BudgetPolicy): number {
  return 2 * keptSeconds * Math.max(1, perSecond);
}
