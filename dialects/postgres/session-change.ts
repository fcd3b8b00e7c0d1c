// Whether a text could leave something behind in the session that runs it: a setting, a temporary table, a cursor, a
// LISTEN, a lock of the session. What the compiler writes never does, so a connection is usually given back without a
// round trip; anything else is taken to change the session unless it plainly does not.
const plain = /^\s*\(*\s*(?:select|insert|update|delete|merge|with|values|table|explain)\b/i;
const transactional =
  /^\s*(?:begin|start\s+transaction|commit|rollback|end|abort|savepoint|release|prepare\s+transaction)\b/i;
const leaving = /set_config|advisory_lock|setseed|\binto\s+(?:local\s+|global\s+)?temp|dblink_connect/i;

export function changesSession(text: string): boolean {
  // Several statements in one text: only what stands first is seen, so the rest counts as unknown.
  if (/;\s*\S/.test(text)) return true;
  if (transactional.test(text)) return false;
  return !plain.test(text) || leaving.test(text);
}
