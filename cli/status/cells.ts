import type { KeyOverview, VaultOverview } from "../../provider/overview/index.js";
import type { Tone } from "../output/terminal.js";

interface Toned {
  text: string;
  tone: Tone;
}

export const isFailed = (status: string): boolean => /fail/i.test(status);

export const jobCell = (status: string): Toned => ({
  text: status,
  tone: isFailed(status) ? "bad" : /warning|cancel/i.test(status) ? "attention" : "good",
});

/** Azure's states of instances and of items. */
export const protectionCell = (state: string): Toned => ({
  text: state,
  tone: /^(ProtectionConfigured|Protected)$/.test(state) ? "good" : /fail|error/i.test(state) ? "bad" : "attention",
});

/** To the minute, in UTC. */
export const timeText = (time: string): string => `${time.slice(0, 16).replace("T", " ")} UTC`;

const keyTones: Record<KeyOverview["status"], Tone> = {
  usable: "good",
  missing: "bad",
  disabled: "bad",
  expired: "bad",
  "not valid yet": "bad",
};

const monthMs = 30 * 86_400_000;

export function keyCell({ status, expires }: KeyOverview, now = Date.now()): Toned {
  const isNear = status === "usable" && expires !== undefined && Date.parse(expires) - now < monthMs;
  return isNear ? { text: "expires within 30 days", tone: "attention" } : { text: status, tone: keyTones[status] };
}

export const levelCell = (level: string): Toned => ({
  text: level,
  tone: level === "Poor" ? "bad" : level === "Fair" ? "attention" : level === "NotSupported" ? "quiet" : "good",
});

export function deletionCell(decision: VaultOverview["deletion"]["decision"]): Toned {
  return { text: decision, tone: decision === "undecided" ? "attention" : "quiet" };
}
