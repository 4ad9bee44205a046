/** Which value goes to the server in which layer. Pure, so that it is tested without an editor. */

/** One setting as the editor knows it; `undefined` where nobody said anything. `workspace`: may come from a cloned repository. */
export interface Said {
  name: string;
  user: unknown;
  workspace: unknown;
  machineOnly: boolean;
}

export interface ServerSettings {
  /** For `workspace/configuration` and `initializationOptions.grok.settings`: as little trusted as a workspace file. */
  settings: Record<string, unknown>;
  /** For `initializationOptions.grok.machine`: what the user said, wherever the server lets a user say more than a workspace. */
  machine: Record<string, unknown>;
}

export function assemble(said: readonly Said[], actions: Record<string, object>): ServerSettings {
  const settings: Record<string, unknown> = {};
  const machine: Record<string, unknown> = {};
  for (const { name, user, workspace, machineOnly } of said) {
    if (user !== undefined) {
      machine[name] = user;
    }
    // A machine-only value never travels in the untrusted layer, not even the user's own: the server would have to refuse it.
    if (!machineOnly && workspace !== undefined) {
      settings[name] = workspace;
    }
  }
  // Ours are as trusted as the user's own; the server marks those of a workspace.
  machine['actions'] = { ...actions, ...(machine['actions'] as Record<string, object> | undefined) };
  return { settings, machine };
}

/** The user's own settings as the variables that the server's command line reads: text as it is, all else as JSON. */
export function variables(machine: Record<string, unknown>): Record<string, string> {
  const named = (name: string): string => `GROK_LS_${name.replace(/(?<=[a-z])(?=[A-Z])|\./g, '_').toUpperCase()}`;
  const written = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
  return Object.fromEntries(Object.entries(machine).map(([name, value]) => [named(name), written(value)]));
}
