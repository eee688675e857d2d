// The portal's stand-in, as its people and its administrator use it.

async function told(response) {
  if (!response.ok) throw new Error(`${response.url}: ${response.status} ${await response.text()}`);
  return response.json();
}

export const state = async (portal, only) => told(await fetch(`${portal}/_/state?only=${only}`));

export const switches = async (portal, change) => told(await fetch(`${portal}/_/switches`, { method: 'POST', body: JSON.stringify(change) }));

export const deliveries = async (portal, after = 0) => told(await fetch(`${portal}/_/deliveries?after=${after}`));

export const mended = async (portal) => told(await fetch(`${portal}/_/switches`, { method: 'DELETE' }));

export const move = async (portal, deal, stage) => told(await fetch(`${portal}/_/ui/move`, { method: 'POST', body: JSON.stringify({ deal, stage }) }));

export const rename = async (portal, id, name) => told(await fetch(`${portal}/_/ui/user`, { method: 'POST', body: JSON.stringify({ id, last_name: name }) }));

/** Waits for what somebody else's worker does; the portal answers when it has changed. */
export async function until(what, look, tries = 150) {
  for (let left = tries; left > 0; left--) {
    const found = await look();
    if (found) return found;
    await new Promise((resolve) => { setTimeout(resolve, 200); });
  }
  throw new Error(`waited in vain until ${what}`);
}
