/** What the page's script fills. */
export const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Azure Backup emulator</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/emulator/page.css">
<script type="module" src="/emulator/page.js"></script>
</head>
<body>
<header>
<h1>Azure Backup emulator</h1>
<p id="summary"></p>
<p id="status" role="status">Reading…</p>
</header>
<main id="main"></main>
<noscript><p>This page needs JavaScript. The same as JSON: <a href="/emulator/world">/emulator/world</a>.</p></noscript>
</body>
</html>
`;
