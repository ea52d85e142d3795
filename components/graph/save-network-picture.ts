/** Saves what the network shows as a file. Browser only. */
import { buildNetworkSvg } from './build-network-svg';

type Drawing = Parameters<typeof buildNetworkSvg>[0];

/** @throws Error when the browser cannot draw the picture */
export async function saveNetworkPicture(
  drawing: Drawing,
  lit: ReadonlySet<string> | null,
  { caption, name, format }: { caption: string[]; name: string; format: 'png' | 'svg' },
): Promise<void> {
  const computed = getComputedStyle(document.documentElement);
  const color = (token: string): string => computed.getPropertyValue(`--${token}`).trim();
  const { svg, width, height } = buildNetworkSvg(drawing, lit, caption, {
    ground: color('ground'),
    surface: color('surface'),
    line: color('line-strong'),
    text: color('text'),
    soft: color('text-2'),
  });
  const blob = new Blob([svg], { type: 'image/svg+xml' });
  save(format === 'svg' ? blob : await toPng(svg, width, height), `${name}.${format}`);
}

async function toPng(svg: string, width: number, height: number): Promise<Blob> {
  const image = new Image(width, height);
  image.src = `data:image/svg+xml;utf8,${encodeURIComponent(svg)}`;
  await image.decode();
  const canvas = document.createElement('canvas');
  canvas.width = width * 2;
  canvas.height = height * 2;
  canvas.getContext('2d')?.drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob(
      (blob) => (blob ? resolve(blob) : reject(new Error('the canvas gave no PNG'))),
      'image/png',
    );
  });
}

function save(blob: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(blob);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
