// The parts of charts that only a SKU's screen draws with.
export { MarkAreaComponent, MarkLineComponent } from 'echarts/components';
