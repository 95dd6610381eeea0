/**
 * The standard normal deviate below which a share `probability` of all values lies: 1.6449 for 0.95. Algorithm AS 241 (PPND16), Michael
 * J. Wichura, Applied Statistics 37 (1988), 477-484; about 16 digits. `probability` is above 0 and below 1, else a `RangeError`.
 */
export const normalQuantile = (probability: number): number => {
  if (!(probability > 0 && probability < 1)) throw new RangeError('a probability is between 0 and 1')
  const q = probability - 0.5
  if (Math.abs(q) <= 0.425) return q * ratio(center, 0.180625 - q * q)
  const tail = Math.sqrt(-Math.log(q < 0 ? probability : 1 - probability))
  const deviate = tail <= 5 ? ratio(flank, tail - 1.6) : ratio(far, tail - 5)
  return q < 0 ? -deviate : deviate
}

interface Rational {
  /** Coefficients by rising power. */
  readonly above: readonly number[]
  readonly below: readonly number[]
}

const ratio = ({ above, below }: Rational, at: number): number =>
  polynomial(above, at) / polynomial(below, at)

const polynomial = (coefficients: readonly number[], at: number): number =>
  coefficients.reduceRight((sum, coefficient) => sum * at + coefficient, 0)

const center: Rational = {
  above: [
    3.387132872796366608, 133.14166789178437745, 1971.5909503065514427, 13731.693765509461125,
    45921.953931549871457, 67265.770927008700853, 33430.575583588128105, 2509.0809287301226727,
  ],
  below: [
    1, 42.313330701600911252, 687.1870074920579083, 5394.1960214247511077, 21213.794301586595867,
    39307.89580009271061, 28729.085735721942674, 5226.495278852854561,
  ],
}

const flank: Rational = {
  above: [
    1.42343711074968357734, 4.6303378461565452959, 5.7694972214606914055, 3.64784832476320460504,
    1.27045825245236838258, 0.24178072517745061177, 0.0227238449892691845833, 7.7454501427834140764e-4,
  ],
  below: [
    1, 2.05319162663775882187, 1.6763848301838038494, 0.68976733498510000455, 0.14810397642748007459,
    0.0151986665636164571966, 5.475938084995344946e-4, 1.05075007164441684324e-9,
  ],
}

const far: Rational = {
  above: [
    6.6579046435011037772, 5.4637849111641143699, 1.7848265399172913358, 0.29656057182850489123,
    0.026532189526576123093, 0.0012426609473880784386, 2.71155556874348757815e-5, 2.01033439929228813265e-7,
  ],
  below: [
    1, 0.59983220655588793769, 0.13692988092273580531, 0.0148753612908506148525, 7.868691311456132591e-4,
    1.8463183175100546818e-5, 1.4215117583164458887e-7, 2.04426310338993978564e-15,
  ],
}
