/** What a report says when no acknowledgement was lost, nothing was torn and every key tells. */
export const nothingWrong = { lost: [], torn: [], unresolved: [] }
