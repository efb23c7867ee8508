"use client";

import dynamic from "next/dynamic";
import { useEffect, useRef, useState } from "react";
import styles from "./lazy-time-chart.module.css";
import type { TimeChartProps } from "./time-chart.tsx";

const TimeChart = dynamic(() => import("./time-chart.tsx"), { ssr: false, loading: () => null });

/**
 * LazyTimeChart keeps the chart's place and draws it once it comes near the screen: recharts draws nothing on the server, and pages without
 * a chart in view should not load it.
 */
export function LazyTimeChart(props: TimeChartProps) {
  const place = useRef<HTMLDivElement>(null);
  const [isNear, setNear] = useState(false);

  useEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const observer = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) {
          setNear(true);
          observer.disconnect();
        }
      },
      { rootMargin: "300px" },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, []);

  return (
    <div ref={place} className={styles["place"]} style={{ height: props.height }}>
      {isNear && <TimeChart {...props} />}
    </div>
  );
}
