/** solveLinear returns x with matrix · x = right, by Gaussian elimination with partial pivoting; null for a singular matrix. Both arguments are overwritten. O(n³). */
export function solveLinear(matrix: Float64Array[], right: Float64Array): Float64Array | null {
  const n = right.length;
  for (let column = 0; column < n; column++) {
    let pivot = column;
    for (let row = column + 1; row < n; row++) {
      if (Math.abs(matrix[row]![column]!) > Math.abs(matrix[pivot]![column]!)) pivot = row;
    }
    if (matrix[pivot]![column] === 0) return null;
    [matrix[column], matrix[pivot]] = [matrix[pivot]!, matrix[column]!];
    [right[column], right[pivot]] = [right[pivot]!, right[column]!];
    for (let row = column + 1; row < n; row++) {
      const factor = matrix[row]![column]! / matrix[column]![column]!;
      for (let c = column; c < n; c++) matrix[row]![c]! -= factor * matrix[column]![c]!;
      right[row]! -= factor * right[column]!;
    }
  }
  const solution = new Float64Array(n);
  for (let row = n - 1; row >= 0; row--) {
    let sum = right[row]!;
    for (let c = row + 1; c < n; c++) sum -= matrix[row]![c]! * solution[c]!;
    solution[row] = sum / matrix[row]![row]!;
  }
  return solution;
}
