export {
  currencyArbitrary,
  moneyArbitrary,
  unitPriceArbitrary,
  type MoneyRange,
  type UnitPriceRange,
} from './money-arbitrary.js'
export { quantityArbitrary, skuArbitrary, type QuantityRange } from './goods-arbitrary.js'
export {
  orderContentArbitrary,
  type OrderContentRange,
  type OrderContentToWrite,
} from './order-content-arbitrary.js'
