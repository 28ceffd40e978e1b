// The newest frame, as soon as it is another, into the canvas; twice a second the table.
'use strict';

const canvas = document.getElementById('picture');
const context = canvas.getContext('2d');
const about = document.getElementById('about');
const consumers = document.getElementById('consumers');
const before = new Map(); // pid -> {delivered, time}
let over = false;

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

async function showFrames() {
    let number = -1;
    while (true) {
        const answer = await fetch('/frame?after=' + number);
        if (answer.status !== 200) {
            continue; // none came: ask again
        }
        number = Number(answer.headers.get('X-Frame'));
        const [width, height] = answer.headers.get('X-Size').split('x').map(Number);
        const pixels = new Uint8ClampedArray(await answer.arrayBuffer());
        if (canvas.width !== width || canvas.height !== height) {
            canvas.width = width;
            canvas.height = height;
        }
        context.putImageData(new ImageData(pixels, width, height), 0, 0);
        canvas.dataset.frame = number;
    }
}

function row(consumer, now) {
    const last = before.get(consumer.pid);
    const fps = last ? (consumer.delivered - last.delivered) * 1000 / (now - last.time) : 0;
    before.set(consumer.pid, {delivered: consumer.delivered, time: now});
    const line = document.createElement('tr');
    for (const value of [consumer.name, consumer.pid, consumer.policy, fps.toFixed(1), consumer.delivered, consumer.dropped,
        consumer.waiting, consumer.leases, consumer.oldestMs]) {
        line.appendChild(document.createElement('td')).textContent = value;
    }
    return line;
}

async function showStatus() {
    while (!over) {
        const status = await (await fetch('/status')).json();
        const now = performance.now();
        consumers.replaceChildren(...status.consumers.map((consumer) => row(consumer, now)));
        about.textContent = `frame ${canvas.dataset.frame ?? '-'} of ${status.published} published, pool of ${status.frames}`;
        await pause(500);
    }
}

function ended() {
    over = true;
    about.textContent = 'the demo has ended';
}

showFrames().catch(ended);
showStatus().catch(ended);
