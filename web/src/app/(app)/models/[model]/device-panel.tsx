import { Age } from "../../../../ui/age.tsx";
import { DataTable } from "../../../../ui/data-table.tsx";
import { Panel } from "../../../../ui/panel.tsx";
import { deviceMetricName, formatDeviceValue } from "../../../../view/device-value.ts";
import type { DeviceValue } from "../../../../view/model-page.ts";
import styles from "./sections.module.css";

/** DevicePanel shows what the GPU sampler of the serving hosts sent last, or says that it found none: never an invented number. */
export function DevicePanel({ devices, now }: { devices: DeviceValue[]; now: number }) {
  const shown = devices.filter(({ metric }) => metric !== "gpu_count");
  const counted = devices.filter(({ metric }) => metric === "gpu_count");
  if (shown.length === 0) {
    const sampled = counted.reduce<DeviceValue | undefined>(
      (a, b) => (a === undefined || b.at > a.at ? b : a),
      undefined,
    );
    return (
      <Panel id="devices" title="GPU">
        <p className={styles["empty"]}>
          {sampled === undefined ? (
            "No GPU sampler has reported for this model."
          ) : (
            <>
              No GPU was found by the sampler on {sampled.device} (<Age time={sampled.at} now={now} />
              ).
            </>
          )}
        </p>
      </Panel>
    );
  }
  return (
    <Panel id="devices" title="GPU" note="last values sent by the samplers">
      <DataTable
        caption="Last values of GPU metrics by device"
        columns={[
          { header: "Device" },
          { header: "Metric" },
          { header: "Value", numeric: true },
          { header: "Sampled", numeric: true },
        ]}
        rows={shown.map((device) => ({
          key: `${device.device} ${device.metric}`,
          cells: [
            device.device,
            deviceMetricName(device.metric),
            formatDeviceValue(device.value, device.unit),
            <Age key="age" time={device.at} now={now} />,
          ],
        }))}
      />
    </Panel>
  );
}
