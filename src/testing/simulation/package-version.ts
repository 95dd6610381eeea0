/** The version of this package: what a kept run was found in. */
export const packageVersion = '0.1.0'
