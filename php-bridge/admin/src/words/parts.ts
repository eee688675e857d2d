const ru = {
  new_tab: '(откроется в новой вкладке)',
};

const en: typeof ru = {
  new_tab: '(opens in a new tab)',
};

export const parts = { ru, en };
