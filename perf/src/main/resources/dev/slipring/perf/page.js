'use strict';
const figures = JSON.parse(document.getElementById('figures').textContent);
const sizes = [...new Set(figures.rows.map(row => row.size))];
const names = figures.contestants.map(each => each.name);
const ours = new Set(figures.rows.filter(row => row.ours).map(row => row.candidate));

/** Ours in greens, the others around the rest of the wheel; the same colour for the same name everywhere. */
const colours = Object.fromEntries(names.map((name, index) => [name, ours.has(name)
    ? `hsl(${150 + 12 * index}, 75%, ${28 + 5 * index}%)` : `hsl(${(200 + 137 * index) % 360}, 60%, 52%)`]));

const number = value => value == null ? '' : Math.round(value).toLocaleString('en');
const ratio = value => value == null ? '' : value.toFixed(2);
const bytes = size => size < 1024 ? `${size} B` : size < 1048576 ? `${size / 1024} KiB` : `${size / 1048576} MiB`;

function element(name, text, parent) {
    const made = document.createElement(name);
    made.textContent = text;
    parent.append(made);
    return made;
}

function table(parent, head, rows) {
    const made = element('table', '', parent);
    const first = element('tr', '', element('thead', '', made));
    head.forEach(text => element('th', text, first));
    const body = element('tbody', '', made);
    rows.forEach(cells => {
        const row = element('tr', '', body);
        row.className = ours.has(cells[0]) ? 'ours' : '';
        cells.forEach(text => element('td', text, row));
    });
}

function chart(parent, config) {
    const box = element('div', '', document.getElementById(parent));
    box.className = 'chart';
    config.options = {maintainAspectRatio: false, animation: false, ...config.options};
    return new Chart(element('canvas', '', box), config);
}

const logarithmic = text => ({type: 'logarithmic', title: {display: true, text}});
const title = text => ({title: {display: true, text}, legend: {position: 'right'}});

for (const size of sizes) {
    const rows = figures.rows.filter(row => row.size === size);
    const parent = document.getElementById('tables');
    const best = rows.find(row => row.bestPeer || row.bestFloodPeer) || {};
    element('h3', bytes(size), parent);
    table(parent, ['', 'p50 ns', 'p99 ns', 'p99.9 ns', ': floor', `: ${best.bestPeer || 'best peer'}`, 'messages/s',
        `: ${best.bestFloodPeer || 'best peer'}`],
        rows.map(row => [row.candidate, number(row.roundTripP50Ns), number(row.roundTripP99Ns), number(row.roundTripP999Ns),
            ratio(row.roundTripToFloor), ratio(row.roundTripToPeer), number(row.messagesPerSecond), ratio(row.floodToPeer)]));

    const curves = figures.percentiles[size];
    if (curves) {
        chart('percentiles', {
            type: 'line',
            data: {datasets: Object.entries(curves).map(([name, data]) => ({label: name, data, borderColor: colours[name],
                backgroundColor: colours[name], borderWidth: ours.has(name) ? 3 : 1.5, pointRadius: 0}))},
            options: {parsing: false, plugins: title(bytes(size)),
                scales: {x: logarithmic('one in so many is slower'), y: logarithmic('ns')}},
        });
    }
    const floods = rows.filter(row => row.messagesPerSecond != null).sort((a, b) => b.messagesPerSecond - a.messagesPerSecond);
    if (floods.length > 0) {
        chart('floods', {
            type: 'bar',
            data: {labels: floods.map(row => row.candidate), datasets: [{data: floods.map(row => row.messagesPerSecond),
                backgroundColor: floods.map(row => colours[row.candidate])}]},
            options: {indexAxis: 'y', plugins: {...title(bytes(size)), legend: {display: false}},
                scales: {x: {beginAtZero: true, title: {display: true, text: 'messages per second'}}, y: {ticks: {autoSkip: false}}}},
        });
    }
}

const measured = names.map(name => ({label: name, data: figures.rows.filter(row => row.candidate === name && row.roundTripP50Ns != null)
    .map(row => ({x: row.size, y: row.roundTripP50Ns / 2})), showLine: false, pointRadius: 4, backgroundColor: colours[name],
    borderColor: colours[name]})).filter(set => set.data.length > 0);
const models = figures.crossover.fits.map(fit => ({label: `${fit.candidate} (model)`, pointRadius: 0, borderWidth: 1.5,
    borderDash: [5, 4], borderColor: colours[fit.candidate], data: fit.cost.points.map(point => ({x: point.size, y: point.modelNs}))}));
chart('cost', {
    type: 'line',
    data: {datasets: [...measured, ...models]},
    options: {parsing: false, plugins: {legend: {position: 'right', labels: {filter: item => !item.text.endsWith('(model)')}}},
        scales: {x: logarithmic('bytes'), y: logarithmic('ns, one way')}},
});
if (figures.crossover.fits.length > 0) {
    table(document.getElementById('model'), ['', 'n·σ ns', 'B GB/s', 'residual (rms)'], figures.crossover.fits.map(fit =>
        [fit.candidate, number(fit.cost.fixedNs), fit.gigabytesPerSecond ? fit.gigabytesPerSecond.toFixed(1) : '',
            `${(100 * fit.cost.rms).toFixed(0)} %`]));
    table(document.getElementById('model'), ['', 'against', ''],
        figures.crossover.crossings.map(each => [each.kernel, each.sharedMemory, each.verdict]));
}
