// The pages work without this file; it only makes them quicker to use.

const rub = (kopecks) =>
  new Intl.NumberFormat('ru-RU', { style: 'currency', currency: 'RUB', minimumFractionDigits: kopecks % 100 ? 2 : 0 })
    .format(kopecks / 100);

document.querySelector('[data-focus]')?.focus();

// Product page: the price of the chosen options.
for (const form of document.querySelectorAll('[data-product]')) {
  const show = () => {
    const deltas = [...form.querySelectorAll('[data-delta]:checked')].map((input) => Number(input.dataset.delta));
    form.querySelector('[data-price-shown]').textContent = rub(deltas.reduce((sum, delta) => sum + delta, Number(form.dataset.price)));
  };
  form.addEventListener('change', show);
  show();
}

// Basket: a changed quantity counts itself.
for (const form of document.querySelectorAll('[data-basket]')) {
  form.addEventListener('change', () => form.requestSubmit(form.querySelector('[data-recount]')));
}

// Checkout: what the delivery changes in the sums, and no address for a pickup.
for (const form of document.querySelectorAll('[data-checkout]')) {
  const show = () => {
    const chosen = form.querySelector('[name=delivery]:checked');
    const price = Number(chosen.dataset.price);
    form.querySelector('[data-address]').hidden = chosen.value !== 'courier';
    form.querySelector('[data-delivery]').textContent = price ? rub(price) : 'бесплатно';
    form.querySelector('[data-total]').textContent = rub(Number(chosen.dataset.pay));
    form.querySelector('[data-tax]')?.replaceChildren(rub(Number(chosen.dataset.vat)));
  };
  form.addEventListener('change', show);
  show();
  // Enter in the coupon's field applies the coupon instead of ordering.
  form.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && event.target instanceof HTMLInputElement) {
      event.preventDefault();
      form.requestSubmit(form.querySelector(event.target.name === 'coupon' ? '[value=count]' : '[value=place]'));
    }
  });
}

// Order page: the state is asked for every two seconds while the page is looked at, and swapped only when it changed.
for (const box of document.querySelectorAll('[data-live]')) {
  box.setAttribute('aria-live', 'polite');
  const look = async () => {
    if (!document.hidden) {
      try {
        const answer = await fetch(box.dataset.live, { cache: 'no-store' });
        const fresh = document.createElement('template');
        fresh.innerHTML = answer.ok ? await answer.text() : '';
        const revision = fresh.content.querySelector('[data-revision]')?.dataset.revision;
        if (revision && revision !== box.querySelector('[data-revision]').dataset.revision) {
          box.replaceChildren(fresh.content);
          box.classList.remove('fresh');
          requestAnimationFrame(() => box.classList.add('fresh'));
        }
      } catch {
        // No connection now; the next look will tell.
      }
    }
    setTimeout(look, 2000);
  };
  setTimeout(look, 2000);
}

// Dangerous buttons ask once more.
for (const button of document.querySelectorAll('[data-confirm]')) {
  button.addEventListener('click', (event) => {
    if (!window.confirm(button.dataset.confirm)) event.preventDefault();
  });
}
