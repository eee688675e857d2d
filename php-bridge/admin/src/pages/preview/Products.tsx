import type { Preview } from '../../core/types';
import { preview } from '../../words/preview';
import { money, words } from '../../words/words';

/** The product rows, which add up to what the buyer pays. */
export function Products({ deal }: { deal: Preview }) {
  const say = words(preview);
  const { rows, currency } = deal;
  const agrees = deal.rows_sum === deal.total;
  if (rows.length === 0) return <p class="soft">{say.no_rows}</p>;
  return (
    <>
      <div class="scroll" role="group" tabIndex={0} aria-label={say.products}>
        <table class="table products">
          <thead>
            <tr>
              <th scope="col">{say.name}</th>
              <th scope="col" class="number">{say.price}</th>
              <th scope="col" class="number">{say.quantity}</th>
              <th scope="col" class="number">{say.vat}</th>
              <th scope="col" class="number">{say.sum}</th>
            </tr>
          </thead>
          <tbody>
            {rows.map((row, index) => (
              <tr key={index} data-row={index}>
                <th scope="row" class="product-name">{row.name}</th>
                <td class="number">{money(row.price, currency)}</td>
                <td class="number">{row.quantity} {row.measure}</td>
                <td class="number">{row.vat_rate == null ? say.no_vat : `${row.vat_rate} %`}</td>
                <td class="number">{money(row.sum, currency)}</td>
              </tr>
            ))}
          </tbody>
          <tfoot>
            <tr><th scope="row" colSpan={4}>{say.rows_sum}</th><td class="number" data-field="rows_sum">{money(deal.rows_sum, currency)}</td></tr>
            <tr><th scope="row" colSpan={4}>{say.order_total}</th><td class="number" data-field="total"><b>{money(deal.total, currency)}</b></td></tr>
          </tfoot>
        </table>
      </div>
      <p class={agrees ? 'agrees' : 'warning-text'}>{agrees ? `✓ ${say.agrees}` : `! ${say.by_hand}`}</p>
    </>
  );
}
