<?php
// The same relay under PHP-FPM with the curl extension: a chat request in, the provider's tokens out as numbered
// server-sent events. It keeps nothing: no storage, no identity, no resuming.
// Environment (from the pool's configuration): BENCH_PROVIDER (base URL), BENCH_MODEL.
declare(strict_types=1);

set_time_limit(0);
// Asked for after each chunk, below: leaving at a write, inside of curl, would keep the provider's connection open.
ignore_user_abort(true);
while (ob_get_level() > 0) {
    ob_end_flush();
}

$chat = json_decode(file_get_contents('php://input'), true);
if (!is_array($chat) || !is_string($chat['message'] ?? null) || $chat['message'] === '') {
    http_response_code(400);
    exit('want a message');
}
header('Content-Type: text/event-stream');
header('Cache-Control: no-cache, no-transform');
header('X-Accel-Buffering: no');

$id = 0;
function send(array $event): void
{
    global $id;
    $id++;
    echo 'id: ', $id, "\ndata: ", json_encode($event, JSON_UNESCAPED_UNICODE | JSON_UNESCAPED_SLASHES), "\n\n";
    flush();
}

send(['type' => 'user_message_received', 'message_id' => 'msg_A', 'reply_id' => 'msg_B']);

$rest = '';
$finish = null;
$usage = null;
$done = false;
$receive = function ($curl, string $bytes) use (&$rest, &$finish, &$usage, &$done): int {
    $rest .= $bytes;
    $from = 0;
    while (($end = strpos($rest, "\n", $from)) !== false) {
        $line = rtrim(substr($rest, $from, $end - $from));
        $from = $end + 1;
        if (strncmp($line, 'data:', 5) !== 0) {
            continue;
        }
        $data = ltrim(substr($line, 5));
        if ($data === '[DONE]') {
            $done = true;
            continue;
        }
        $chunk = json_decode($data, true, 64, JSON_THROW_ON_ERROR);
        $usage = $chunk['usage'] ?? $usage;
        $choice = $chunk['choices'][0] ?? null;
        $finish = $choice['finish_reason'] ?? $finish;
        $content = $choice['delta']['content'] ?? '';
        if ($content !== '') {
            send(['type' => 'content_chunk', 'message_id' => 'msg_B', 'content' => $content, 'is_final' => false]);
        }
    }
    $rest = substr($rest, $from);
    return connection_aborted() ? 0 : strlen($bytes);
};

$curl = curl_init(getenv('BENCH_PROVIDER') . '/chat/completions');
curl_setopt_array($curl, [
    CURLOPT_POST => true,
    CURLOPT_HTTPHEADER => ['Content-Type: application/json'],
    CURLOPT_POSTFIELDS => json_encode([
        'model' => getenv('BENCH_MODEL'),
        'stream' => true,
        'stream_options' => ['include_usage' => true],
        'messages' => [['role' => 'user', 'content' => $chat['message']]],
    ]),
    CURLOPT_WRITEFUNCTION => $receive,
]);
$ok = curl_exec($curl);
if ($ok && $done && curl_getinfo($curl, CURLINFO_RESPONSE_CODE) === 200) {
    send(['type' => 'content_chunk', 'message_id' => 'msg_B', 'content' => '', 'is_final' => true]);
    send(['type' => 'complete', 'message_id' => 'msg_B', 'status' => 'complete', 'finish_reason' => $finish,
        'usage' => $usage]);
} else {
    send(['type' => 'error', 'message_id' => 'msg_B', 'code' => 'provider_failed', 'message' => curl_error($curl)]);
}
