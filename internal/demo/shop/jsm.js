// The documented snippet: the configuration stands before chat.js is loaded, which adds sso.login and sso.logout to it.
window.spartezSupportChat = {
  portal: Number(document.querySelector('script[data-portal]').dataset.portal),
  cloud: {
    jiraId: '00000000-0000-0000-0000-000000000000',
    jiraUrl: 'https://lighthouse.example',
    urls: { rest: 'https://chat.example/rest', ws: 'wss://chat.example/ws' },
  },
  meta: [{ render: true, name: 'page', value: document.title }],
  async initCallback() {
    const customer = localStorage.getItem('customer');
    if (customer) await signIn(customer);
  },
};

async function signIn(customer, mistake) {
  try {
    const { jwt } = await chatToken(customer, 'jsm', mistake);
    await window.spartezSupportChat.sso.login(jwt);
    localStorage.setItem('customer', customer);
    showCustomer(customer);
    showAnswer();
  } catch (error) {
    showAnswer(error);
  }
}

for (const button of document.querySelectorAll('button[data-customer]')) {
  button.addEventListener('click', () => signIn(button.dataset.customer, button.dataset.mistake));
}
document.getElementById('logout').addEventListener('click', async () => {
  await window.spartezSupportChat.sso.logout();
  localStorage.removeItem('customer');
  showCustomer(null);
});
showCustomer(null);
