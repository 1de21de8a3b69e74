// What the shop's pages share: asking the shop's own backend for a token, and showing what Parlor says of a wrong one.
async function chatToken(customer, door, mistake) {
  const response = await fetch('/chat-token', {
    method: 'POST',
    headers: { 'Content-Type': 'application/json' },
    body: JSON.stringify({ customer, door, mistake }),
  });
  if (!response.ok) throw new Error(await response.text());
  return response.json();
}

const names = { ana: 'Ana', ben: 'Ben' };

function showCustomer(customer) {
  document.getElementById('who').textContent = customer ? `Signed in as ${names[customer]}` : 'Not signed in';
  document.getElementById('logout').hidden = !customer;
}

function showAnswer(error) {
  const answer = document.getElementById('answer');
  answer.hidden = !error;
  if (!error) return;
  answer.textContent = [
    error.message,
    `code: ${error.code}  reason: ${error.reason ?? '–'}  claim: ${error.claim ?? '–'}  status: ${error.status}`,
  ].join('\n');
}
