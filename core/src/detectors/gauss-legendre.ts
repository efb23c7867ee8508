/** Quadrature is a rule Σ weights[i] · f(nodes[i]) for an integral. */
export interface Quadrature {
  nodes: Float64Array;
  weights: Float64Array;
}

/**
 * gaussLegendre returns the Gauss–Legendre rule of `size` nodes on [low, high], exact for polynomials up to degree 2·size − 1. Nodes by
 * Newton's method on the Legendre recurrence. Source: Abramowitz & Stegun 25.4.29. O(size²).
 *
 * @example gaussLegendre(2, 0, 1) // nodes [0.2113, 0.7887], weights [0.5, 0.5]
 */
export function gaussLegendre(size: number, low: number, high: number): Quadrature {
  const nodes = new Float64Array(size);
  const weights = new Float64Array(size);
  const half = (high - low) / 2;
  for (let i = 0; i < size; i++) {
    let x = Math.cos((Math.PI * (i + 0.75)) / (size + 0.5));
    let slope = 1;
    for (let iteration = 0; iteration < 100; iteration++) {
      let previous = 1;
      let value = x;
      for (let degree = 2; degree <= size; degree++) {
        const next = ((2 * degree - 1) * x * value - (degree - 1) * previous) / degree;
        previous = value;
        value = next;
      }
      slope = (size * (x * value - previous)) / (x * x - 1);
      const move = value / slope;
      x -= move;
      if (Math.abs(move) < 1e-15) break;
    }
    nodes[size - 1 - i] = low + half * (1 + x);
    weights[size - 1 - i] = (2 * half) / ((1 - x * x) * slope * slope);
  }
  return { nodes, weights };
}
