// The weeks as a chart: the share, its interval as a band, and the unfinished week apart from the line.
const place = document.getElementById("trend");

if (place) {
  const { weeks, language, words } = JSON.parse(place.dataset.trend);
  const style = getComputedStyle(document.documentElement);
  const token = name => style.getPropertyValue(name).trim();
  const number = new Intl.NumberFormat(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 });
  const text = share => share === null ? "–" : number.format(share);
  const last = weeks.length - 1;
  const whole = weeks.map((week, index) => index === last ? null : week);
  const lowest = Math.min(...weeks.slice(0, -1).map(week => week.lower ?? 100), weeks[last].share ?? 100);
  const from = Math.max(0, Math.min(80, Math.floor(lowest / 5) * 5));
  const label = { color: token("--ink-2"), fontFamily: token("--font"), fontSize: 13 };
  const ends = whole.map((week, index) => [week, index]).filter(([week]) => week?.share != null).map(([, index]) => index);

  const wide = place.clientWidth > 500;

  const chart = echarts.init(place, null, { renderer: "svg" });
  chart.setOption({
    animation: false,
    textStyle: { fontFamily: token("--font") },
    grid: { left: 44, right: wide ? 56 : 12, top: 26, bottom: 46 },
    xAxis: {
      type: "category", data: weeks.map(week => week.name), boundaryGap: true, axisTick: { show: false }, axisLine: { show: false },
      axisLabel: { ...label, interval: "auto", lineHeight: 18, formatter: (name, index) => `${name}\n${new Intl.NumberFormat(language).format(weeks[index].rated)}` },
    },
    yAxis: { type: "value", min: from, max: 100, axisLabel: { ...label, formatter: share => share === 100 ? "100 %" : share }, splitLine: { lineStyle: { color: token("--line") } } },
    tooltip: {
      trigger: "axis", confine: true, transitionDuration: 0, textStyle: { ...label, color: token("--ink") },
      formatter: ([{ dataIndex }]) => {
        const week = weeks[dataIndex];
        return `<b>${week.name}</b>${dataIndex === last ? ` ${words.unfinished}` : ""}<br>${words.share} <b>${text(week.share)} %</b><br>${words.interval} ${text(week.lower)}–${text(week.upper)}<br>${words.rated} ${week.rated}`;
      },
    },
    series: [
      { type: "line", stack: "band", silent: true, symbol: "none", lineStyle: { opacity: 0 }, data: whole.map(week => week?.lower ?? null) },
      { type: "line", stack: "band", silent: true, symbol: "none", lineStyle: { opacity: 0 }, areaStyle: { color: token("--accent"), opacity: .16 }, data: whole.map(week => week?.lower == null ? null : week.upper - week.lower) },
      {
        type: "line", symbol: "circle", symbolSize: (_, { dataIndex }) => dataIndex === ends[0] || dataIndex === ends.at(-1) ? 11 : 8,
        lineStyle: { color: token("--accent"), width: 3 }, itemStyle: { color: token("--accent") },
        label: { ...label, show: true, position: "top", formatter: ({ dataIndex, value }) => dataIndex === ends[0] || dataIndex === ends.at(-1) ? text(value) : "" },
        data: whole.map(week => week?.share ?? null),
      },
      {
        type: "scatter", symbol: "circle", symbolSize: 11, itemStyle: { color: token("--card"), borderColor: token("--ink-2"), borderWidth: 2.5 },
        label: { ...label, show: wide, position: "right", formatter: words.unfinished },
        markLine: weeks[last].share === null ? undefined : {
          silent: true, symbol: "none", label: { show: false }, lineStyle: { color: token("--ink-2"), type: [3, 3], width: 2 },
          data: [[{ coord: [last, Math.max(from, weeks[last].lower)] }, { coord: [last, weeks[last].upper] }]],
        },
        data: weeks[last].share === null ? [] : [[last, weeks[last].share]],
      },
    ],
  });
  new ResizeObserver(() => chart.resize()).observe(place);
}
