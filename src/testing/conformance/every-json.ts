/** Whatever a stored shape may hold. Two names of it are awkward on purpose. */
export const everyJson = {
  scripts: 'Łódź, Ελλάδα, Україна, 東京都, ไทย, العربية, na\u00efve and nai\u0308ve',
  pairs: '🧾📦👩🏽‍🔧',
  separators: 'a\u2028b\u2029c\u00a0d\tnew\nline "quoted" back\\slash </script>',
  long: 'long text '.repeat(20_000),
  numbers: [0, -1, Number.MAX_SAFE_INTEGER, Number.MIN_SAFE_INTEGER],
  amount: { amount: '900719925474099199999.99', currency: 'EUR' },
  nothing: null,
  yes: true,
  no: false,
  empty: { text: '', list: [], object: {} },
  nested: [[[['deep', [1, [2, [3]]]]]], { list: [{ list: [{ list: [] }] }] }],
  '': 'an empty name',
  'a.b["c"]': 'a name with signs',
}
