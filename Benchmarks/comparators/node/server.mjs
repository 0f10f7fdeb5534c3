// The same relay in Node: a chat request in, the provider's tokens out as numbered server-sent events.
// It keeps nothing: no storage, no identity, no resuming.
// Environment: BENCH_SOCKET (unix socket to serve HTTP on), BENCH_PROVIDER (base URL), BENCH_MODEL.
import http from 'node:http';

const agent = new http.Agent({ keepAlive: true, maxFreeSockets: 1000 });
const provider = new URL(process.env.BENCH_PROVIDER + '/chat/completions');
const model = process.env.BENCH_MODEL;

const server = http.createServer((request, response) => {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    let chat;
    try {
      chat = JSON.parse(Buffer.concat(parts));
    } catch {
      chat = null;
    }
    if (typeof chat?.message !== 'string' || chat.message === '') {
      response.writeHead(400).end('want a message');
      return;
    }
    relay(chat.message, response);
  });
});

function relay(text, response) {
  let id = 0;
  const send = (event) => response.write(`id: ${++id}\ndata: ${JSON.stringify(event)}\n\n`);
  const fail = (message) => {
    send({ type: 'error', message_id: 'msg_B', code: 'provider_failed', message });
    response.end();
  };
  response.writeHead(200, {
    'Content-Type': 'text/event-stream',
    'Cache-Control': 'no-cache, no-transform',
    'X-Accel-Buffering': 'no',
  });
  send({ type: 'user_message_received', message_id: 'msg_A', reply_id: 'msg_B' });

  const upstream = http.request(
    provider,
    { method: 'POST', agent, headers: { 'Content-Type': 'application/json' } },
    (answer) => {
      if (answer.statusCode !== 200) {
        answer.resume();
        fail(`status ${answer.statusCode}`);
        return;
      }
      let rest = '';
      let finish = null;
      let usage = null;
      let done = false;
      answer.setEncoding('utf8');
      answer.on('data', (piece) => {
        rest += piece;
        let from = 0;
        for (let end; (end = rest.indexOf('\n', from)) >= 0; from = end + 1) {
          const line = rest.slice(from, end);
          if (!line.startsWith('data:')) continue;
          const data = line.slice(5).trim();
          if (data === '[DONE]') {
            done = true;
            continue;
          }
          const chunk = JSON.parse(data);
          usage = chunk.usage ?? usage;
          const choice = chunk.choices[0];
          finish = choice?.finish_reason ?? finish;
          const content = choice?.delta?.content;
          if (content) send({ type: 'content_chunk', message_id: 'msg_B', content, is_final: false });
        }
        rest = rest.slice(from);
      });
      answer.on('end', () => {
        if (!done) {
          fail('the provider ended without its own end');
          return;
        }
        send({ type: 'content_chunk', message_id: 'msg_B', content: '', is_final: true });
        send({ type: 'complete', message_id: 'msg_B', status: 'complete', finish_reason: finish, usage });
        response.end();
      });
    },
  );
  upstream.on('error', (error) => fail(error.message));
  response.on('close', () => upstream.destroy());
  upstream.end(
    JSON.stringify({
      model,
      stream: true,
      stream_options: { include_usage: true },
      messages: [{ role: 'user', content: text }],
    }),
  );
}

server.requestTimeout = 0;
server.listen({ path: process.env.BENCH_SOCKET, backlog: 4096 });
